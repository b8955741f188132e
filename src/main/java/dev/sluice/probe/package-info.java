/** TCP ping and SSH banner: dial, look, close. */
@NullMarked
package dev.sluice.probe;

import org.jspecify.annotations.NullMarked;
