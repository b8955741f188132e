/**
 * Which targets may be dialled: host grammar, address classes, rules, and the one lookup that pins
 * an address. Decides, and never dials, counts or logs.
 */
@NullMarked
package dev.sluice.target;

import org.jspecify.annotations.NullMarked;
