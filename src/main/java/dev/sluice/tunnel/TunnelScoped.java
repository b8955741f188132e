package dev.sluice.tunnel;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Scope;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * One instance per tunnel, born and destroyed with it. A pseudo-scope: what is injected is the
 * object itself and no proxy, because bytes flow through it.
 */
@Scope
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface TunnelScoped {}
