/**
 * Reads the YAML file, system properties and environment into each feature's settings record;
 * reports every problem at once; watches the file. Nobody but the composition roots imports it.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
