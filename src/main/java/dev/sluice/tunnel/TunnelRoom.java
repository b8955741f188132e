package dev.sluice.tunnel;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.limits.Limit;
import dev.sluice.limits.Limits;
import dev.sluice.limits.Permit;
import dev.sluice.limits.Slot;
import dev.sluice.limits.TunnelLimiter.Answer;
import dev.sluice.relay.IoLoops;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether there is room for one more tunnel, or dial: of the node, the user, the address it comes
 * from and the target, by its name and by every address that may be dialled. Asked once policy has
 * allowed the target: that it is much in use is no secret from who may open it. Any thread.
 */
@Dependent
public class TunnelRoom {

  private static final List<Slot> DIAL = List.of(Slot.ofTheNode(Limit.PENDING_DIALS));

  private final Limits limits;
  private final CallerLimits callers;
  private final IoLoops loops;

  /**
   * @param limits the node's
   * @param callers words what a limit refuses
   * @param loops keep the time of what is reserved, and carry it once it is opened
   */
  @Inject
  public TunnelRoom(Limits limits, CallerLimits callers, IoLoops loops) {
    this.limits = limits;
    this.callers = callers;
    this.loops = loops;
  }

  /**
   * Admits a tunnel that policy has allowed, if there is room.
   *
   * @param attempt whose end is at the latest when the room is given back
   */
  Admission admit(TunnelRequest request, Attempt attempt) {
    Answer dial = limits.open().take(DIAL);
    if (dial instanceof Answer.Refused refused) {
      return callers.refused(refused.why());
    }
    Permit dialling = ((Answer.Granted) dial).permit();
    return orGiveBack(dialling, () -> admit(request, attempt, dialling));
  }

  private Admission admit(TunnelRequest request, Attempt attempt, Permit dialling) {
    Answer tunnel = limits.open().take(slots(request));
    if (tunnel instanceof Answer.Refused refused) {
      dialling.close();
      return callers.refused(refused.why());
    }
    Permit open = ((Answer.Granted) tunnel).permit();
    return orGiveBack(open, () -> reserve(request, attempt, dialling, open));
  }

  private Admission reserve(TunnelRequest request, Attempt attempt, Permit dialling, Permit open) {
    Permit ending =
        () -> {
          attempt.end(Outcome.CLIENT_LOST.code());
          open.close();
        };
    return new Admitted(request, Reservation.start(loops.next(), ending, dialling), attempt);
  }

  /** What fails on the way, for want of memory, must not keep what nobody else gives back. */
  private static Admission orGiveBack(Permit permit, Supplier<Admission> next) {
    try {
      return next.get();
    } catch (RuntimeException | Error e) {
      permit.close();
      throw e;
    }
  }

  /**
   * What would refuse a handshake of this caller now, whatever its target. Nothing is counted as
   * asked for, and nothing is held.
   */
  public Optional<Refused> refuses(Caller caller, ClientIdentity identity) {
    String client = caller.client();
    return limits
        .handshakes()
        .look(CallerLimits.keyOf(client, identity))
        .or(() -> limits.open().look(slots(client, identity)))
        .map(exhausted -> callers.refused(exhausted));
  }

  private static List<Slot> slots(String client, ClientIdentity identity) {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.ofTheNode(Limit.TUNNELS));
    if (!CallerLimits.isStranger(identity)) {
      slots.add(new Slot(Limit.PER_USER, CallerLimits.userKey(identity)));
    }
    slots.add(new Slot(Limit.PER_ADDRESS, Caller.countingKey(client)));
    return slots;
  }

  private static List<Slot> slots(TunnelRequest request) {
    List<Slot> slots = slots(request.client(), request.identity());
    slots.add(new Slot(Limit.PER_TARGET, request.target()));
    for (InetSocketAddress pinned : request.allowed().pinned()) {
      String address = pinned.getAddress().getHostAddress() + " " + pinned.getPort();
      slots.add(new Slot(Limit.PER_TARGET, address));
    }
    return slots;
  }

  /** Room for a dial that is no tunnel's, until the permit is closed; empty if there is none. */
  public Optional<Permit> dial() {
    Answer answer = limits.open().take(DIAL);
    if (answer instanceof Answer.Granted granted) {
      return Optional.of(granted.permit());
    }
    var unused = callers.refused(((Answer.Refused) answer).why());
    return Optional.empty();
  }
}
