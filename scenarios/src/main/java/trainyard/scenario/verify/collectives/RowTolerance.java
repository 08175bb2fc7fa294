package trainyard.scenario.verify.collectives;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tolerance that a row read off a plot states in its gate cell: the larger of a share of its value and the reading
 * error in bus bandwidth.
 *
 * @param percent share of the value
 * @param gigabytesPerSecond bus bandwidth in 1e9 bytes/s
 */
record RowTolerance(double percent, double gigabytesPerSecond) {

    private static final Pattern WORDS =
            Pattern.compile("held to max\\(\\s*([0-9.]+)\\s*%\\s*,\\s*([0-9.]+)\\s*GB/s\\s*\\)");

    static Optional<RowTolerance> of(String gate) {
        Matcher words = WORDS.matcher(gate);
        return words.find()
                ? Optional.of(new RowTolerance(Double.parseDouble(words.group(1)), Double.parseDouble(words.group(2))))
                : Optional.empty();
    }

    boolean allows(double errorPercent, double predictedGigabytesPerSecond, double publishedGigabytesPerSecond) {
        return Math.abs(errorPercent) <= percent
                || Math.abs(predictedGigabytesPerSecond - publishedGigabytesPerSecond) <= gigabytesPerSecond;
    }
}
