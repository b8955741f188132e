/**
 * What Sluice promises, asked from outside: the same questions to every server. Each class of
 * questions is abstract; {@code EmbeddedIT}, {@code PayaraIT}, {@code WildFlyIT} and {@code
 * ContainerIT} ask them all of one running server.
 */
package dev.sluice.contract;
