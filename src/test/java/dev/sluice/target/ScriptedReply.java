package dev.sluice.target;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** One reply in the words of the vectors. */
final class ScriptedReply {
  private ScriptedReply() {}

  /** The reply's bytes; none where the script is silent or later than any lookup waits. */
  static byte[] of(Message query, String step, int size) {
    if (step.equals("TIMEOUT") || step.startsWith("SLOW10S:")) {
      return new byte[0];
    }
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    int rcode = Rcode.value(step);
    if (step.equals("GARBAGE")) {
      byte[] whole = reply.toWire(size);
      whole[7] = 9; // nine answers announced, none there
      return whole;
    } else if (rcode > 0) {
      reply.getHeader().setRcode(rcode);
    } else if (!step.equals("EMPTY")) {
      answer(reply, query.getQuestion(), step);
    }
    return reply.toWire(size);
  }

  private static void answer(Message reply, Record question, String step) {
    List<String> hops = Arrays.asList(step.split(">", -1));
    Name owner = question.getName();
    for (String hop : hops.subList(0, hops.size() - 1)) {
      Name target = name(hop.substring("CNAME:".length()));
      reply.addRecord(new CNAMERecord(owner, DClass.IN, 60, target), Section.ANSWER);
      owner = target;
    }
    String last = hops.get(hops.size() - 1);
    if (last.startsWith("CNAME:")) {
      Name target = name(last.substring("CNAME:".length()));
      reply.addRecord(new CNAMERecord(owner, DClass.IN, 60, target), Section.ANSWER);
      return;
    }
    for (String address : last.split(",", -1)) {
      byte[] bytes = bytes(address);
      if (bytes.length == 4 && question.getType() == Type.A) {
        reply.addRecord(
            new ARecord(owner, DClass.IN, 60, IpAddress.parse(address).toInetAddress()),
            Section.ANSWER);
      } else if (bytes.length == 16 && question.getType() == Type.AAAA) {
        reply.addRecord(new AAAARecord(owner, DClass.IN, 60, bytes), Section.ANSWER);
      }
    }
  }

  /** Four or sixteen bytes by how the address is written: a mapped one is an AAAA record's. */
  private static byte[] bytes(String address) {
    InetAddress inet = IpAddress.parse(address).toInetAddress();
    if (address.indexOf(':') < 0 || !(inet instanceof Inet4Address)) {
      return inet.getAddress();
    }
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(inet.getAddress(), 0, mapped, 12, 4);
    return mapped;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
