package dev.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeWaitsTest {

  @Test
  void thoseCountThatWaitTowardsThePort() {
    String table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
           0: 0100007F:8001 0100007F:0050 06 00000000:00000000 03:00000F2B 00000000     0
           1: 0100007F:8002 0100007F:0050 06 00000000:00000000 03:00000F2B 00000000     0
           2: 0100007F:8003 0100007F:0050 01 00000000:00000000 00:00000000 00000000     0
           3: 0100007F:0050 0100007F:8001 06 00000000:00000000 03:00000F2B 00000000     0
           4: 0100007F:8004 0100007F:0051 06 00000000:00000000 03:00000F2B 00000000     0
        """;
    assertThat(TimeWaits.count(table, 80)).isEqualTo(2);
  }
}
