package trainyard.faults.detect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;

/**
 * Rules that look at counters of the nodes again and again: they see faults of any kind that they know, hangs and slow nodes
 * too, long before a timeout (Wan et al. 2025, ByteRobust, table 3: 2 to 30 s where a timeout takes 600 s).
 *
 * @param usual the rule for causes that have none of their own
 * @param byCause rules of single causes, by name
 * @param falseAlarmsPerDay alarms without a fault in the whole cluster, 0 or more
 */
public record Telemetry(Rule usual, Map<String, Rule> byCause, double falseAlarmsPerDay) implements Detector {

    private static final double DAY = 86_400;

    /**
     * One rule.
     *
     * @param periodSeconds time between two looks, 0 or more
     * @param looks looks in a row that have to show the fault, at least 1
     * @param recall share of the faults that it recognises, in [0, 1]; whether it does is a matter of the fault, so it looks
     *     in vain at the others for ever
     */
    public record Rule(double periodSeconds, int looks, double recall) {

        public Rule {
            if (!(periodSeconds >= 0 && periodSeconds < Double.POSITIVE_INFINITY)
                    || looks < 1
                    || !(recall >= 0 && recall <= 1)) {
                throw new IllegalArgumentException("a rule needs a period, looks and a recall, got " + periodSeconds
                        + " s, " + looks + " and " + recall);
            }
        }

        double latencySeconds(UniformRandomProvider draws) {
            boolean recognised = draws.nextDouble() < recall;
            double latency = (looks - 1 + draws.nextDouble()) * periodSeconds;
            return recognised ? latency : Double.POSITIVE_INFINITY;
        }
    }

    public Telemetry {
        Objects.requireNonNull(usual, "usual");
        byCause = Map.copyOf(byCause);
        if (!(falseAlarmsPerDay >= 0)) {
            throw new IllegalArgumentException("false alarms a day must be 0 or more, got " + falseAlarmsPerDay);
        }
    }

    @Override
    public boolean watches(Fault fault) {
        return true;
    }

    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        return byCause.getOrDefault(fault.cause().name(), usual).latencySeconds(draws);
    }

    @Override
    public List<FaultCause> falseAlarms() {
        return FalseAlarms.every("false alarm of telemetry", Scope.JOB, DAY / falseAlarmsPerDay);
    }
}
