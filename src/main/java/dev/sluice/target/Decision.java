package dev.sluice.target;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a target may be dialled, and why: the why is for audit and administrators only. */
public sealed interface Decision {

  /** What was asked for. */
  Requested requested();

  /**
   * Every address with its class; empty if it was refused before a lookup, or the lookup failed.
   */
  List<Answer> answers();

  /** The rule that decided, or the named target; empty where none did. */
  String rule();

  /** What rules of mode shadow would have made of it, each in words; empty where nothing else. */
  List<String> shadow();

  /**
   * It may, at exactly these addresses.
   *
   * @param requested what was asked for
   * @param target host and port
   * @param answers at least one; each has been checked
   * @param aliases the names that the lookup went through
   * @param rule what allowed it
   * @param protocol what a named target says is spoken there
   * @param shadow which rules of mode shadow would have denied it
   */
  record Allowed(
      Requested requested,
      HostPort target,
      List<Answer> answers,
      List<String> aliases,
      String rule,
      @Nullable String protocol,
      List<String> shadow)
      implements Decision {
    /** Copies the lists. */
    public Allowed {
      answers = List.copyOf(answers);
      aliases = List.copyOf(aliases);
      shadow = List.copyOf(shadow);
    }

    /** Where to dial, in this order. No call on these looks a name up, in either direction. */
    public List<InetSocketAddress> pinned() {
      return answers.stream()
          .map(answer -> new InetSocketAddress(answer.address().toInetAddress(), target.port()))
          .toList();
    }

    /** Whether a connected socket's peer is one of the pinned addresses. */
    public boolean pins(SocketAddress peer) {
      return peer instanceof InetSocketAddress inet
          && !inet.isUnresolved()
          && inet.getPort() == target.port()
          && answers.stream()
              .anyMatch(answer -> answer.address().equals(IpAddress.of(inet.getAddress())));
    }
  }

  /**
   * It may not.
   *
   * @param requested what was asked for
   * @param reason why
   * @param rule the denying rule or the named target; empty if there was none
   * @param answers what was looked at
   * @param detail the reason in words; never for the client
   * @param shadow which rules of mode shadow would have allowed it, or could have
   */
  record Denied(
      Requested requested,
      Reason reason,
      String rule,
      List<Answer> answers,
      String detail,
      List<String> shadow)
      implements Decision {
    /** Copies the lists. */
    public Denied {
      answers = List.copyOf(answers);
      shadow = List.copyOf(shadow);
    }
  }

  /** Why not. */
  enum Reason {
    /** No target has this name. */
    UNKNOWN_TARGET,
    /** The named target is for other roles. */
    ROLE,
    /** A denying rule matches. */
    DENY_RULE,
    /** No allowing rule matches. */
    NO_RULE,
    /** The name has no sound answer. */
    UNRESOLVED,
    /** An answer is of a class that nothing here allows. */
    ADDRESS_CLASS;

    /** The word in records, which stays: {@code deny_rule}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
