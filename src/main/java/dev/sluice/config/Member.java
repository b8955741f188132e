package dev.sluice.config;

/**
 * One key of a part that only the file can give, such as a rule or a named target.
 *
 * @param standard what holds without it, in words
 */
record Member<T>(String name, ValueType<T> type, String standard, String meaning) {}
