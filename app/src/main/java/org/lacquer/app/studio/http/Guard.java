// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may come in.
 *
 * <p>The name in {@code Host} must be one that cannot be turned to this machine by somebody else's
 * name server (DNS rebinding): a loopback name, or, where a token is demanded, an address in digits
 * or a name that was given at the start. {@code Origin} and {@code Sec-Fetch-Site} must be this
 * server's own: no page elsewhere may ask (cross-site requests).
 */
public final class Guard {
    /** Of the cookie that holds the token. */
    public static final String COOKIE = "lacquer";

    private static final Set<String> LOOPBACK_NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");
    private static final Pattern DIGITS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private final int port;
    private final @Nullable String token;
    private final Set<String> names;

    /**
     * @param token null on loopback, where none is demanded
     * @param names that the server may be called by beside its addresses, in small letters
     */
    public Guard(int port, @Nullable String token, Set<String> names) {
        this.port = port;
        this.token = token;
        this.names = Set.copyOf(names);
    }

    /** Refuses a request that does not come from this server's own page or from a program. */
    void check(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        String host = hosts.size() == 1 ? hosts.getFirst().strip().toLowerCase(Locale.ROOT) : "";
        if (!known(host)) {
            throw new Problem(
                            421,
                            "unknown-host",
                            "this server does not answer to the name in Host; use the address that"
                                    + " it printed")
                    .exception();
        }
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
            throw foreign();
        }
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            boolean link =
                    exchange.getRequestMethod().equals("GET")
                            && "navigate"
                                    .equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode"))
                            && !exchange.getRequestURI().getPath().startsWith("/api/");
            if (!link) {
                throw foreign();
            }
        }
    }

    /** Refuses a request without the token, where one is demanded. */
    void checkToken(HttpExchange exchange) {
        if (token != null && !given(exchange).filter(this::right).isPresent()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            throw new Problem(
                            401,
                            "unauthorized",
                            "this server demands its token: Authorization: Bearer TOKEN, or open"
                                    + " /?token=TOKEN once in a browser")
                    .exception();
        }
    }

    /** Whether a text is the token; takes equally long for every text of a length. */
    public boolean right(String text) {
        return token != null
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    public boolean demandsToken() {
        return token != null;
    }

    private static Optional<String> given(HttpExchange exchange) {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(bearer.substring(7).strip());
        }
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";")) {
                if (pair.strip().startsWith(COOKIE + "=")) {
                    return Optional.of(pair.strip().substring(COOKIE.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    private boolean known(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']') && colon > 0;
        String name = hasPort ? host.substring(0, colon) : host;
        String ownPort = hasPort ? host.substring(colon + 1) : "80";
        if (!ownPort.equals(String.valueOf(port))) {
            return false;
        }
        return LOOPBACK_NAMES.contains(name)
                || names.contains(name)
                || token != null && DIGITS.matcher(name).matches();
    }

    private static RuntimeException foreign() {
        return new Problem(
                        403,
                        "foreign-origin",
                        "a page of another site must not use this server; open its own page")
                .exception();
    }
}
