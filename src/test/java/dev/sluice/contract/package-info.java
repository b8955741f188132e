/**
 * What Sluice promises, asked from outside: the same questions to every server, on both lanes. Each
 * class of questions is abstract; {@code ContractSuite} lists them, and a class that extends it
 * asks them all of one running server.
 */
package dev.sluice.contract;
