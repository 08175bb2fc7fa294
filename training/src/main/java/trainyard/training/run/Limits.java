package trainyard.training.run;

import java.util.OptionalDouble;

/**
 * When a run ends: at the first of these.
 *
 * @param seconds virtual time
 * @param examples applied; the run ends with the update that reaches them, under local steps with the round
 * @param updates of the shared parameters
 * @param loss that is shown and reached; empty: the run goes on to another limit
 */
public record Limits(double seconds, long examples, long updates, OptionalDouble loss) {

    public Limits {
        if (!(seconds > 0) || examples < 1 || updates < 1) {
            throw new IllegalArgumentException("a run needs room for time, examples and updates");
        }
    }

    public static Limits ofSeconds(double seconds) {
        return new Limits(seconds, Long.MAX_VALUE, Long.MAX_VALUE, OptionalDouble.empty());
    }

    public static Limits ofUpdates(long updates) {
        return new Limits(Double.MAX_VALUE, Long.MAX_VALUE, updates, OptionalDouble.empty());
    }

    /** The same, ending after other virtual time. */
    public Limits upTo(double otherSeconds) {
        return new Limits(otherSeconds, examples, updates, loss);
    }

    /** The same, ending also where a loss is reached. */
    public Limits until(double target) {
        return new Limits(seconds, examples, updates, OptionalDouble.of(target));
    }
}
