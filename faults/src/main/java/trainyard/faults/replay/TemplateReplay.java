package trainyard.faults.replay;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trainyard.faults.trace.MembershipTrace;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Oobleck (SOSP 2023) on a trace: when nodes are taken away, the pipelines are put together anew from templates and the
 * copies of the layers that are left. Nodes taken away at the same moment cost one reconfiguration and, on average, half of
 * the iteration in flight. A node that joins waits for the next reconfiguration. The last event of the trace ends the run.
 *
 * @param throughput by number of nodes
 * @param samplesPerStep samples of one iteration, positive
 * @param reconfigurationSeconds time of one reconfiguration
 */
public record TemplateReplay(ThroughputByNodes throughput, double samplesPerStep, double reconfigurationSeconds) {

    public TemplateReplay {
        if (!(samplesPerStep > 0 && reconfigurationSeconds >= 0)) {
            throw new IllegalArgumentException("samplesPerStep must be positive, reconfigurationSeconds not negative");
        }
    }

    /**
     * With the throughput and the times that the artifact measured for a model.
     *
     * @throws IllegalArgumentException if it did not measure the model
     */
    public static TemplateReplay published(String model) {
        ThroughputByNodes throughput = ThroughputByNodes.published("oobleck", model);
        CsvRow row = CsvTable.resource(TemplateReplay.class, "oobleck_models.csv")
                .require("model", "samples_per_step", "reconfiguration_s")
                .rows()
                .stream()
                .filter(candidate -> candidate.text("model").equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reconfiguration time of Oobleck for " + model));
        return new TemplateReplay(throughput, row.positive("samples_per_step"), row.notNegative("reconfiguration_s"));
    }

    /**
     * Samples per second over the span of a trace.
     *
     * @throws IllegalArgumentException if all events come at one moment
     */
    public double meanSamplesPerSecond(MembershipTrace trace) {
        if (trace.spanSeconds() <= 0) {
            throw new IllegalArgumentException("the trace has no length");
        }
        return new Run(trace).samples() / trace.spanSeconds();
    }

    /** One pass over the events. */
    private final class Run {

        private final List<MembershipTrace.Event> events;
        private final double end;
        private final Set<String> present = new HashSet<>();
        private int active;
        private double samples;

        Run(MembershipTrace trace) {
            this.events = trace.events();
            this.end = trace.endSeconds();
        }

        double samples() {
            double now = events.get(0).seconds();
            boolean started = false;
            for (int next = 0; next < events.size(); ) {
                double moment = events.get(next).seconds();
                samples += throughput.on(active) * (moment - now);
                now = moment;
                boolean lost = false;
                for (; next < events.size() && events.get(next).seconds() == moment; next++) {
                    lost |= apply(events.get(next));
                }
                if (!started) {
                    active = present.size();
                    started = true;
                } else if (lost && moment < end) {
                    reconfigure();
                }
            }
            return samples;
        }

        private boolean apply(MembershipTrace.Event event) {
            if (event.kind() == MembershipTrace.Kind.ADD) {
                present.add(event.node());
                return false;
            }
            present.remove(event.node());
            return true;
        }

        private void reconfigure() {
            active = present.size();
            samples -= reconfigurationSeconds * throughput.on(active) + samplesPerStep / 2;
        }
    }
}
