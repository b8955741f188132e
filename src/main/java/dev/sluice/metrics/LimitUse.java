package dev.sluice.metrics;

/**
 * How far a limit is used.
 *
 * @param limit its word
 * @param inUse how much of it is in use; where many have one each, by the one that uses most
 * @param most how much is allowed; {@link Integer#MAX_VALUE}: any amount
 */
public record LimitUse(String limit, int inUse, int most) {}
