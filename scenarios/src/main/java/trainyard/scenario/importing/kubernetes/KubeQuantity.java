package trainyard.scenario.importing.kubernetes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Quantities as Kubernetes writes them: a number with a suffix of tens or of 1024 (API reference, Quantity; read 2026-11). */
final class KubeQuantity {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([eE][+-]?\\d{1,2}|[KMGTPE]i|[mkMGTPE])?");
    private static final Map<String, Integer> TENS =
            Map.of("", 0, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final BigDecimal LARGEST = new BigDecimal("1e18");
    private static final int BINARY_STEP = 10;

    private KubeQuantity() {}

    /**
     * The number that is meant, in the base unit.
     *
     * @throws ScenarioException if it is none from 0 to 10^18
     */
    static BigDecimal of(Found found) {
        Matcher form = FORM.matcher(found.text());
        if (form.matches()) {
            BigDecimal value =
                    new BigDecimal(form.group(1)).multiply(factor(form.group(2) == null ? "" : form.group(2)));
            if (value.compareTo(LARGEST) <= 0) {
                return value;
            }
        }
        throw wrong(found, "is a quantity such as 8, 500m or 500Gi");
    }

    /** A quantity that has to be a whole number. */
    static long whole(Found found) {
        try {
            return of(found).longValueExact();
        } catch (ArithmeticException part) {
            throw wrong(found, "counts whole GPUs");
        }
    }

    private static BigDecimal factor(String suffix) {
        if (suffix.endsWith("i")) {
            return new BigDecimal(2).pow(BINARY_STEP * ("KMGTPE".indexOf(suffix.charAt(0)) + 1));
        }
        return TENS.containsKey(suffix)
                ? BigDecimal.ONE.scaleByPowerOfTen(TENS.get(suffix))
                : new BigDecimal("1" + suffix);
    }

    private static ScenarioException wrong(Found found, String what) {
        return new ScenarioException(Problem.at(
                found.position(), Problem.Kind.VALUE, found.name() + " " + what + ", not '" + found.text() + "'", ""));
    }
}
