package dev.sluice.faults;

import dev.sluice.testkit.CommandRun;
import dev.sluice.testkit.RealPart;
import java.util.List;

/** The kernel's packet filter, in a network namespace that is the test's alone. */
final class PacketFilter {

  private final String nft = program();

  /** A filter that lets all pass. */
  PacketFilter() {
    nft("add table inet faults");
    nft("add chain inet faults arriving { type filter hook input priority 0; }");
  }

  /** Where it is installed; without it the test is skipped, or fails in CI. */
  static String program() {
    return RealPart.program("nft", "nftables");
  }

  /** From now on no packet arrives at this port or comes from it, and nobody is told. */
  void swallow(int port) {
    nft("add rule inet faults arriving tcp dport " + port + " drop");
    nft("add rule inet faults arriving tcp sport " + port + " drop");
  }

  /** From now on so many of a hundred TCP packets do not arrive, whichever they are. */
  void lose(int percent) {
    nft(
        "add rule inet faults arriving meta l4proto tcp numgen random mod 100 < "
            + percent
            + " drop");
  }

  /** Lets all pass again. */
  void heal() {
    nft("flush chain inet faults arriving");
  }

  private void nft(String what) {
    CommandRun run = CommandRun.of(List.of(nft, what));
    if (run.exit() != 0) {
      throw new AssertionError("nft: " + run.err());
    }
  }
}
