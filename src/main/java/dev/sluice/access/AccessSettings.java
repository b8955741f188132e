package dev.sluice.access;

/**
 * What a configuration says about callers.
 *
 * @param auth who is let in
 * @param tickets how one-time tickets go
 * @param forwarding whose word counts about where a request came from
 */
public record AccessSettings(AuthSettings auth, TicketSettings tickets, Forwarding forwarding) {}
