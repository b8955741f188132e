package dev.sluice.bench.certify;

import dev.sluice.bench.trial.Figures;

/** One thing that each server is put to, in a fresh process. */
interface Part {

  /** Puts one to it; {@link Figures#ERROR} where it did not do. */
  Figures run(Node node) throws Exception;
}
