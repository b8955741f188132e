package dev.sluice.target;

import java.util.List;
import java.util.stream.Stream;

/**
 * Ports that a rule for everything public does not open unless it names them: relays of mail and
 * chat, reflectors, remote control and storage that should face no stranger.
 */
final class AbusePronePorts {
  private static final List<PortRange> RANGES =
      Stream.of(
              "7", // echo
              "9", // discard
              "11", // systat
              "13", // daytime
              "15", // netstat
              "17", // quote of the day
              "19", // chargen
              "25", // SMTP
              "69", // TFTP
              "111", // portmapper
              "135-139", // MS RPC, NetBIOS
              "161-162", // SNMP
              "179", // BGP
              "445", // SMB
              "465", // SMTP submission over TLS
              "512-515", // rexec, rlogin, rsh, lpd
              "587", // SMTP submission
              "623", // IPMI
              "1900", // SSDP
              "2049", // NFS
              "2375-2376", // Docker
              "2379-2380", // etcd
              "2525", // SMTP submission, unofficial
              "4444", // command and control
              "5555", // Android debug bridge
              "6000-6063", // X11
              "6665-6669", // IRC
              "6697", // IRC over TLS
              "9100", // raw printing
              "10250", // kubelet
              "10255", // kubelet, read only
              "11211") // memcached
          .map(PortRange::parse)
          .toList();

  private AbusePronePorts() {}

  static boolean contains(int port) {
    return RANGES.stream().anyMatch(range -> range.contains(port));
  }
}
