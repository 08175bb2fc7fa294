package trainyard.scenario.format;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * Durations that pass on the clock of a run. It counts nanoseconds in 64 bits and ends after 292 years, so what passes on it is kept
 * below that.
 */
public final class ClockTimes {

    /** The longest duration, s: 150 years; a run of 100 years and one of these fit on the clock. */
    public static final double MOST_SECONDS = 150 * 365.0 * 86_400;

    private ClockTimes() {}

    /**
     * Reports each duration of a section, and of those in it, that is too long.
     *
     * @param except the name of sections whose durations are means that need not pass
     */
    public static void check(Values section, String except, Problems problems) {
        section.section().fields().forEach(field -> check(field, section, problems));
        section.settings().values().forEach(setting -> descend(setting.value(), except, problems));
    }

    private static void descend(Object value, String except, Problems problems) {
        if (value instanceof Values inner) {
            if (!inner.section().name().equals(except)) {
                check(inner, except, problems);
            }
        } else if (value instanceof Collection<?> list) {
            list.forEach(item -> descend(item, except, problems));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> descend(item, except, problems));
        } else if (value instanceof Setting<?> setting) {
            descend(setting.value(), except, problems);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(item -> descend(item, except, problems));
        }
    }

    private static void check(Field<?> field, Values section, Problems problems) {
        ValueType<?> type = field.type() instanceof AutoType<?> auto ? auto.type() : field.type();
        if (!(type instanceof QuantityType quantity) || quantity.dimension() != Dimension.DURATION) {
            return;
        }
        Object value = section.find(field).map(Object.class::cast).orElse(0.0);
        Object stated = value instanceof Optional<?> optional
                ? optional.map(Object.class::cast).orElse(0.0)
                : value;
        if (stated instanceof Double seconds && seconds > MOST_SECONDS) {
            problems.add(
                    section.position(field),
                    Problem.Kind.VALUE,
                    field.key() + " is longer than a run may last",
                    "write at most " + Units.format(MOST_SECONDS, Dimension.DURATION));
        }
    }
}
