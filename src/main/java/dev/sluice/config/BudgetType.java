package dev.sluice.config;

import dev.sluice.tunnel.MemoryShare;

/** A percentage of the heap's maximum, or a size. */
record BudgetType() implements ValueType<MemoryShare> {

  private static final ByteSize SIZE = new ByteSize(1 << 20, 1L << 40, "");

  @Override
  public MemoryShare parse(String text) throws WrongValue {
    if (!text.endsWith("%")) {
      return MemoryShare.ofBytes(SIZE.parse(text));
    }
    String advice = "write 1% to " + MemoryShare.MOST_PERCENT + "%, or a size such as 512MiB";
    long percent =
        WholeNumber.digits(
            text.substring(0, text.length() - 1), "is not a whole percentage", advice);
    if (percent < 1 || percent > MemoryShare.MOST_PERCENT) {
      throw new WrongValue("is out of range", advice);
    }
    return MemoryShare.ofPercent((int) percent);
  }

  @Override
  public String format(MemoryShare value) {
    return value.percent() > 0 ? value.percent() + "%" : SIZE.format(value.size());
  }

  @Override
  public String describe() {
    return "1% to " + MemoryShare.MOST_PERCENT + "% of the heap, or " + SIZE.describe();
  }
}
