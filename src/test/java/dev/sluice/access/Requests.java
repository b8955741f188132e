package dev.sluice.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request made up for a test. */
public final class Requests implements IncomingRequest {

  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private String peer = "192.0.2.1";
  private String scheme = "http";
  private String query;
  private String principal;
  private Set<String> roles = Set.of();

  /** A GET from {@code 192.0.2.1} without anything. */
  public static Requests plain() {
    return new Requests();
  }

  Requests header(String name, String value) {
    headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>()).add(value);
    return this;
  }

  Requests from(String address) {
    peer = address;
    return this;
  }

  Requests over(String value) {
    scheme = value;
    return this;
  }

  Requests query(String value) {
    query = value;
    return this;
  }

  Requests loggedIn(String name, String... inRoles) {
    principal = name;
    roles = Set.of(inRoles);
    return this;
  }

  /** Who sent it, without proxies. */
  public Caller caller() {
    return Caller.of(this, Forwarding.none());
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public boolean isInRole(String role) {
    return roles.contains(role);
  }
}
