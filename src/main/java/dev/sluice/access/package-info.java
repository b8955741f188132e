/**
 * Who asks: the facts of a caller, what vouches for whom, tickets, and the pages that may use a
 * visitor's browser. Knows no server and no servlet; every way in goes through {@link
 * dev.sluice.access.AccessControl}.
 */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
