package dev.sluice.config;

/**
 * One key of a rule or of a named target; only the file can give it.
 *
 * @param standard what holds without it, in words
 */
record Member<T>(String name, ValueType<T> type, String standard, String meaning) {}
