package trainyard.report.document;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import trainyard.report.figure.Require;

/**
 * All that is needed to get the same bytes again.
 *
 * @param command the command line
 * @param version Trainyard version
 * @param scenarioSha256 SHA-256 over resolved scenario, input hashes, version and seed, 64 lower-case hex digits
 * @param seed master seed
 * @param inputSha256 SHA-256 by input file name
 */
public record Reproduction(
        String command, String version, String scenarioSha256, long seed, Map<String, String> inputSha256) {

    private static final int SHORT_HASH_DIGITS = 8;

    public Reproduction {
        Require.text(command, "command");
        Require.text(version, "version");
        Require.that(
                scenarioSha256.matches("[0-9a-f]{64}"),
                "scenario hash must be 64 lower-case hex digits, but is '" + scenarioSha256 + "'");
        inputSha256 = Collections.unmodifiableMap(new TreeMap<>(inputSha256));
    }

    /** The first eight hex digits of the scenario's hash, as used in folder names. */
    public String shortHash() {
        return scenarioSha256.substring(0, SHORT_HASH_DIGITS);
    }
}
