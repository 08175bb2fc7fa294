package trainyard.scenario.workload.sgd;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.sgd.SgdOptimizerSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** {@code sgd}: training with real gradients on the virtual clock. */
public final class SgdKind implements WorkloadKind {

    private static final int QUICK = 3;

    static final Field<Values> SECTION =
            Field.of("sgd", SgdSection.SECTION, "Training with real gradients on the virtual clock.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Field<Values>> reads() {
        return List.of(ScenarioSection.CLUSTER, ScenarioSection.COST);
    }

    @Override
    public List<Metric> metrics() {
        return SgdMetrics.all();
    }

    @Override
    public List<Metric> views() {
        return List.of(SgdMetrics.TIME_TO_TARGET, SgdMetrics.COST_TO_TARGET, SgdMetrics.EXAMPLES_TO_TARGET);
    }

    @Override
    public Optional<Metric> instead(List<Outcome> outcomes) {
        return allDiverged(outcomes) ? Optional.of(SgdMetrics.DIVERGED) : Optional.empty();
    }

    private static boolean allDiverged(List<Outcome> outcomes) {
        return outcomes.stream()
                .allMatch(outcome -> outcome.value(SgdMetrics.DIVERGED).orElse(0.0) > 0);
    }

    @Override
    public Optional<String> undone(Metric metric, List<Outcome> outcomes) {
        if (metric.equals(SgdMetrics.DIVERGED) && allDiverged(outcomes)) {
            return Optional.of("gets to its end: all diverge");
        }
        boolean isTime = metric.equals(SgdMetrics.TIME_TO_TARGET_RESTRICTED);
        boolean isReached = outcomes.stream()
                .flatMap(outcome -> outcome.value(SgdMetrics.REACHED).stream())
                .anyMatch(reached -> reached > 0);
        return isTime && !isReached ? Optional.of("reaches the target within the horizon") : Optional.empty();
    }

    @Override
    public List<Metric> series() {
        return List.of(
                SgdMetrics.LOSS,
                SgdMetrics.LOSS_BY_EPOCH,
                SgdMetrics.LOSS_BY_UPDATE,
                SgdMetrics.WORKER_TIME,
                SgdMetrics.MFU);
    }

    @Override
    public List<Metric> samples() {
        return List.of(SgdMetrics.STALENESS, SgdMetrics.INTERVAL);
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.OVER_TIME);
    }

    /** A rule that nearly diverges would press all others onto the axis of a linear chart. */
    @Override
    public Map<String, String> figureKeys() {
        return Map.of("y-scale", "log");
    }

    @Override
    public int quickReplications() {
        return QUICK;
    }

    /** One trial run of each learning rate that is looked at. */
    @Override
    public List<Assignment> quickChanges(Values scenario) {
        boolean looksForRates = scenario.get(SECTION)
                .get(SgdSection.OPTIMIZER)
                .get(SgdOptimizerSection.RATE)
                .isEmpty();
        return looksForRates ? List.of(Assignment.parse("sgd.optimizer.tuning.runs=1")) : List.of();
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        SgdDesign design = SgdDesign.bind(scenario, scenario.get(SECTION), simulators);
        return streams -> new SgdWorkload(design, streams);
    }
}
