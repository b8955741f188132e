package dev.sluice.config;

import dev.sluice.access.AuthSettings;
import dev.sluice.access.BasicUser;
import dev.sluice.access.BearerSettings;
import dev.sluice.access.KeySource;
import dev.sluice.access.PasswordHash;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads how callers become known, which only the file can give. Whatever is wrong in it stops the
 * start: a gateway that went on without a part of it would let in others than it was told to.
 */
final class AuthReader {

  private static final String NOBODY = "nobody comes in this way";

  /** RFC 7617 §2: no colon, and no control character; no space, because nobody sees one. */
  private static final Pattern USER = Pattern.compile("[^\\s:\\p{Cntrl}]{1,64}");

  static final Member<Tree.Mapping> ANONYMOUS =
      new Member<>(
          "anonymous",
          new Nested("{roles: […]}"),
          NOBODY,
          "who does not say who it is may come in");
  static final Member<Tree.Mapping> BASIC =
      new Member<>(
          "basic",
          new Nested("{users: {name: {password: …, roles: […]}}}"),
          NOBODY,
          "names and passwords of this file (HTTP Basic)");
  static final Member<Tree.Mapping> BEARER =
      new Member<>(
          "bearer",
          new Nested("{issuer: …, audience: …, jwks: …}"),
          NOBODY,
          "signed tokens of an identity provider (JWT)");
  static final Member<Boolean> CONTAINER =
      new Member<>(
          "container",
          new Truth(),
          "false",
          "whoever the server itself has logged in, with its roles");

  static final Member<List<String>> ROLES =
      new Member<>(
          "roles",
          new ListType<>(new Word("role"), true),
          "none",
          "what rules and targets ask for; sluice-admin is the administrators'");

  static final Member<Tree.Mapping> USERS =
      new Member<>(
          "users",
          new Nested("{name: {password: …, roles: […]}}"),
          "required",
          "each name with its password and roles");
  static final Member<PasswordHash> PASSWORD =
      new Member<>(
          "password",
          new Hidden<>(PasswordHash::parse, PasswordHash::encoded, "password hash"),
          "required",
          "what java -jar sluice.war hash-password makes, or a bcrypt hash");

  static final Member<String> ISSUER =
      new Member<>("issuer", new Text("text"), "required", "the token's iss, exactly");
  static final Member<String> AUDIENCE =
      new Member<>("audience", new Text("text"), "required", "one of the token's aud, exactly");
  static final Member<KeySource> JWKS =
      new Member<>(
          "jwks",
          new Parsed<>(KeySource::parse, KeySource::text, "file or https address"),
          "required",
          "the issuer's public keys (RFC 7517): RSA from 2048 bits, EC or Ed25519");
  static final Member<String> ROLES_CLAIM =
      new Member<>(
          "roles-claim",
          new Text("claim"),
          BearerSettings.ROLES,
          "the claim that holds the roles, a list or a text with spaces; dots lead into nested ones");
  static final Member<String> SUBJECT_CLAIM =
      new Member<>(
          "subject-claim",
          new Text("claim"),
          BearerSettings.SUBJECT,
          "the claim that names the caller");

  static final List<Member<?>> AUTH = List.of(ANONYMOUS, BASIC, BEARER, CONTAINER);
  static final List<Member<?>> USER_MEMBERS = List.of(PASSWORD, ROLES);
  static final List<Member<?>> BEARER_MEMBERS =
      List.of(ISSUER, AUDIENCE, JWKS, ROLES_CLAIM, SUBJECT_CLAIM);

  /** What holds without the section, as it would be written. */
  static final Tree STANDARD =
      mapping(
          "anonymous", mapping("roles", new Tree.Sequence(List.of(), 0)),
          "container", Tree.Scalar.of("true"));

  private AuthReader() {}

  private static Tree.Mapping mapping(String key, Tree value) {
    return new Tree.Mapping(List.of(new Tree.Entry(key, 0, value)), 0);
  }

  private static Tree.Mapping mapping(String key, Tree value, String key2, Tree value2) {
    return new Tree.Mapping(
        List.of(new Tree.Entry(key, 0, value), new Tree.Entry(key2, 0, value2)), 0);
  }

  /** The section; what is wrong in it has been reported, and then nobody is to use this. */
  static AuthSettings auth(Tree node, Place place) {
    int before = place.problems().count();
    Optional<Members> given = Members.of(node, place, AUTH);
    if (given.isEmpty()) {
      return AuthSettings.defaults();
    }
    Members members = given.get();
    Optional<Set<String>> anonymous =
        members.get(ANONYMOUS).flatMap(part -> anonymous(part, members.place(ANONYMOUS)));
    Map<String, BasicUser> basic =
        members.get(BASIC).map(part -> basic(part, members.place(BASIC))).orElse(Map.of());
    Optional<BearerSettings> bearer =
        members.get(BEARER).flatMap(part -> bearer(part, members.place(BEARER)));
    boolean container = members.get(CONTAINER).orElse(false);
    boolean nobody = !container && basic.isEmpty() && bearer.isEmpty() && anonymous.isEmpty();
    if (nobody && place.problems().count() == before) {
      place.report(
          node.line(),
          "lets nobody in",
          "write one of anonymous, basic, bearer, container, or leave the section out");
    }
    return new AuthSettings(container, basic, bearer, anonymous);
  }

  private static Optional<Set<String>> anonymous(Tree node, Place place) {
    return Members.of(node, place, List.of(ROLES))
        .map(members -> Set.copyOf(members.get(ROLES).orElse(List.of())));
  }

  private static Map<String, BasicUser> basic(Tree node, Place place) {
    Map<String, BasicUser> users = new LinkedHashMap<>();
    int before = place.problems().count();
    Members.of(node, place, List.of(USERS))
        .ifPresent(
            members ->
                members
                    .get(USERS)
                    .ifPresent(
                        part ->
                            part.entries()
                                .forEach(entry -> user(entry, members.place(USERS), users))));
    if (users.isEmpty() && place.problems().count() == before) {
      place.report(
          node.line(), "has no user", "write users: {name: {password: …}}, or leave basic out");
    }
    return users;
  }

  private static void user(Tree.Entry entry, Place users, Map<String, BasicUser> into) {
    Place place = users.child(Problems.printable(entry.key()));
    if (!USER.matcher(entry.key()).matches()) {
      place.report(
          entry.line(),
          "is not a user name",
          "write 1 to 64 characters, without colons and spaces");
    }
    int before = place.problems().count();
    Members.of(entry.value(), place, USER_MEMBERS)
        .ifPresent(
            members -> {
              boolean misspelt = place.problems().count() > before;
              Set<String> roles = Set.copyOf(members.get(ROLES).orElse(List.of()));
              required(members, PASSWORD, entry.line(), place, misspelt)
                  .ifPresent(hash -> into.put(entry.key(), new BasicUser(hash, roles)));
            });
  }

  private static Optional<BearerSettings> bearer(Tree node, Place place) {
    int before = place.problems().count();
    Optional<Members> given = Members.of(node, place, BEARER_MEMBERS);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Members members = given.get();
    boolean misspelt = place.problems().count() > before;
    int line = node.line();
    Optional<String> issuer = required(members, ISSUER, line, place, misspelt);
    Optional<String> audience = required(members, AUDIENCE, line, place, misspelt);
    Optional<KeySource> keys = required(members, JWKS, line, place, misspelt);
    keys.ifPresent(source -> checkFile(source, members));
    String roles = members.get(ROLES_CLAIM).orElse(BearerSettings.ROLES);
    String subject = members.get(SUBJECT_CLAIM).orElse(BearerSettings.SUBJECT);
    return place.problems().count() > before
        ? Optional.empty()
        : Optional.of(
            new BearerSettings(
                issuer.orElseThrow(), audience.orElseThrow(), keys.orElseThrow(), roles, subject));
  }

  /** A file that is wrong now is a slip; an address may be down for a moment. */
  private static void checkFile(KeySource source, Members members) {
    if (!(source instanceof KeySource.File)) {
      return;
    }
    try {
      source.check();
    } catch (IOException | IllegalArgumentException e) {
      members
          .place(JWKS)
          .report(
              members.line(),
              "names " + source.text() + ", which " + reason(e),
              "name a readable file with the issuer's public keys");
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException
        ? "cannot be read"
        : Problems.printable(String.valueOf(e.getMessage()));
  }

  /** Reports what is missing, unless a key was misspelt: then it is most likely this one. */
  private static <T> Optional<T> required(
      Members members, Member<T> member, int line, Place place, boolean misspelt) {
    if (!members.has(member) && !misspelt) {
      place.report(line, "has no " + member.name(), "add " + member.name() + ": …");
    }
    return members.get(member);
  }
}
