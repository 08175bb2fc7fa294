package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/**
 * A number with a unit; the program gets it in the base unit of its dimension (seconds, bytes, bytes per second).
 *
 * @param dimension what it measures
 * @param minimum smallest value allowed, in the base unit
 */
public record QuantityType(Dimension dimension, double minimum) implements ScalarType<Double> {

    /**
     * More than anything that could be built, in the base unit of each dimension: what is larger has a slip in its number or unit. A
     * million exabytes, a thousand exabytes and a million exaFLOP a second.
     */
    private static final Map<Dimension, Double> MOST =
            Map.of(Dimension.DATA, 1e24, Dimension.DATA_RATE, 1e21, Dimension.COMPUTE_RATE, 1e24);

    /** A quantity that may be zero. */
    public static QuantityType of(Dimension dimension) {
        return new QuantityType(dimension, 0);
    }

    /** A quantity above zero. */
    public static QuantityType positive(Dimension dimension) {
        return new QuantityType(dimension, Double.MIN_VALUE);
    }

    @Override
    public Optional<Double> parse(Node.Scalar scalar, Problems problems) {
        try {
            double value = Units.value(scalar.text(), dimension);
            double most = MOST.getOrDefault(dimension, Double.POSITIVE_INFINITY);
            if (value >= minimum && value <= most) {
                return Optional.of(value);
            }
            String bound = value > most
                    ? "of at most " + Units.format(most, dimension)
                    : minimum == Double.MIN_VALUE ? "above 0" : "at least " + Units.format(minimum, dimension);
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    scalar.text() + " is out of range",
                    "write a value " + bound + ", such as " + dimension.example());
        } catch (UnitException wrong) {
            problems.add(scalar.position(), Problem.Kind.UNIT, wrong.problem(), wrong.fix());
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonSchema.type("string").put("pattern", dimension.pattern());
        schema.putArray("examples").add(dimension.example());
        return schema;
    }

    @Override
    public String describe() {
        return dimension.noun() + ", such as `" + dimension.example() + "`";
    }
}
