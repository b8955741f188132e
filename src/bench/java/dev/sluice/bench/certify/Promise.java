package dev.sluice.bench.certify;

import static dev.sluice.bench.certify.Proof.asked;
import static dev.sluice.bench.certify.Proof.by;

import java.util.List;

/** What Sluice promises of what crosses it, and the tests that prove it. */
enum Promise {
  /** Reads of a target go on at exactly the mark and stop above it. */
  GATE(
      "Gate",
      "the target is read up to its mark and no further; the completion that reaches half opens"
          + " the gate again, without polling",
      by(
          "relay.DownstreamTest",
          "readsGoOnAtExactlyTheMarkAndStopStrictlyAboveIt",
          "opensOnTheCompletionThatReachesHalfTheMarkAndNotBefore"),
      by("relay.FlowFiguresIT", "aResumeReachesTheTargetWithinFiveMilliseconds"),
      asked("aClientThatDoesNotReadStopsTheTargetAtTheMark")),

  /** Messages are cut at 1 MiB, as views, and small reads leave together. */
  MESSAGES(
      "Messages",
      "at most 1 MiB, cut without copying; small reads that pile up leave as one",
      by(
          "relay.DownstreamTest",
          "cutsMessagesAtOneMebibyteByViewsOfTheSameBuffer",
          "smallReadsThatPileUpBehindASendLeaveJoined"),
      asked("everythingTheTargetSendsArrivesBeforeTheClose")),

  /** Frames reach the target in order, each byte once. */
  CHAIN(
      "Write chain",
      "frames reach the target in order, each byte once, together where they wait; above the mark"
          + " the client is stopped and its session lives",
      by(
          "relay.UpstreamTest",
          "aPartialWriteKeepsItsPlaceAndLaterFramesWaitBehindIt",
          "framesThatWaitLeaveInOneGatheringWrite",
          "stopsTheClientStrictlyAboveTheMarkAndLetsItGoOnAtHalf"),
      asked(
          "everythingTheClientSendsArrivesBeforeTheEnd",
          "manyTinyMessagesKeepTheirOrder",
          "aTargetThatDoesNotReadStopsTheClientAtTheMark")),

  /** An end drains, an error resets. */
  CLOSE(
      "Close after drain",
      "a clean end flushes everything first, an error resets the target; the first cause wins, and"
          + " everything is released once",
      by("relay.RelayEndTest"),
      by("relay.RelayTargetEndTest"),
      by("relay.RelayDialEndTest"),
      by("tunnel.TunnelEndStressTest"),
      asked(
          "flowingUp_closedByTheClient_targetReadsItAllThenTheEnd",
          "gatedDown_targetClosed_clientGetsAllThatWaitsThen1000",
          "pausedUp_closedByTheClient_targetReadsItAllThenTheEnd",
          "idle_clientVanishes_targetSeesAReset"),
      by("faults.FaultsIT")),

  /** Idle tunnels hold nothing, stuck ones the mark and one read, the node its budget. */
  MEMORY(
      "Memory",
      "an idle tunnel holds no buffer, a stuck one its mark and a read; one budget for the node"
          + " lowers the marks and then refuses new tunnels",
      by(
          "relay.RelayLimitsTest",
          "anIdleTunnelHoldsNoBuffer",
          "aFullNodeLowersTheMarksButNeverUnderTheLeast"),
      by(
          "relay.FlowFiguresIT",
          "aSlowClientOfAFastTargetHoldsTheMarkAndOneRead",
          "aSlowTargetOfAFastClientHoldsTheMarkAndOneFrame"),
      by("contract.OverloadIT")),

  /** Limits in time, pings, and the round-trip time of a connect. */
  TIME(
      "Time",
      "limits of dial, idleness, age and stall; pings find dead peers; a ping's time is that of the"
          + " connect alone",
      by("relay.RelayLimitsTest"),
      by("probe.TcpPingTest"),
      asked(
          "aTunnelWhereNothingMovesEnds_4408",
          "aTunnelOfFullAgeEndsAlsoWhenBytesMove_4408",
          "aClientThatReadsNothingForTheStallLimitEndsItsTunnel",
          "dialling_nobodyAnswers_4504",
          "aPingTellsHowLongTheConnectTook")),

  /** No client blocks a loop. */
  LOOPS(
      "Loops",
      "nothing a client sends blocks a loop, and no callback runs under a lock",
      by("relay.DownstreamTest", "aHundredThousandSynchronousCompletionsDoNotGrowTheStack"),
      asked(
          "fiveHundredStuckTargetsTakeNothingFromOtherTunnelsAndHttp",
          "slowProbesNeverStallTheServer"));

  private final String title;
  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // it is List.of, and texts below it
  private final List<Proof> proofs;

  Promise(String title, String text, Proof... proofs) {
    this.title = title;
    this.text = text;
    this.proofs = List.of(proofs);
  }

  String title() {
    return title;
  }

  String text() {
    return text;
  }

  List<Proof> proofs() {
    return proofs;
  }
}
