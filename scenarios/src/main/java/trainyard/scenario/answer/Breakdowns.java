package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import trainyard.faults.life.account.GpuState;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.document.Breakdown;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.DurationUnit;
import trainyard.scenario.workload.metric.Metric;

/** Takes the numbers of a step apart into terms that add up to them. */
public final class Breakdowns {

    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

    private Breakdowns() {}

    /** Where the time of the step goes, as the mean over the GPUs. */
    public static Breakdown stepTime(StepCost cost) {
        List<Breakdown.Term> terms = new ArrayList<>();
        DurationUnit unit = DurationUnit.upTo(cost.seconds());
        cost.terms()
                .forEach(term ->
                        terms.add(new Breakdown.Term(term.name(), unit.of(term.seconds()), term.formula(), "")));
        return new Breakdown("Step time, mean over the GPUs", unit.symbol(), unit.of(cost.seconds()), terms);
    }

    /** Where the time of all GPUs goes, as the mean over the replications; the shares add up to 100 %. */
    public static Breakdown life(CellResult cell) {
        List<Breakdown.Term> terms = new ArrayList<>();
        double total = 0;
        for (GpuState state : GpuState.values()) {
            Metric share = LifeMetrics.share(state);
            double percent = share.inUnit(cell.mean(share).orElse(0.0));
            terms.add(new Breakdown.Term(state.label(), percent, state.meaning(), ""));
            total += percent;
        }
        return new Breakdown("Time of all GPUs", "%", total, terms);
    }

    /** What fills the memory of the GPU that needs most. */
    public static Breakdown memory(StepCost cost) {
        StageMemory peak = cost.memory().peak();
        List<Breakdown.Term> terms = new ArrayList<>();
        peak.bytes().forEach((component, bytes) -> {
            if (bytes > 0) {
                terms.add(new Breakdown.Term(component.label(), bytes / GIBIBYTE, MemoryFormulas.of(component), ""));
            }
        });
        return new Breakdown("Memory of a GPU of stage " + peak.stage(), "GiB", peak.totalBytes() / GIBIBYTE, terms);
    }

    /** How the utilisation comes from the step time: the shares of GPU time that are not model FLOPs at peak rate. */
    public static Breakdown utilisation(StepCost cost) {
        DurationUnit unit = DurationUnit.upTo(cost.seconds());
        double ideal = cost.modelFlops() / cost.gpus() / cost.peakFlopsPerSecond();
        List<Breakdown.Term> terms = new ArrayList<>();
        terms.add(new Breakdown.Term(
                "model FLOPs at peak rate",
                unit.of(ideal),
                "model FLOPs / (GPUs x peak FLOP/s); MFU is this over the step",
                ""));
        for (trainyard.parallel.step.cost.Term term : cost.terms()) {
            boolean useful = term.name().equals(trainyard.parallel.step.cost.TimeState.COMPUTE.label());
            String name = useful ? "kernels slower than the peak rate" : term.name();
            String formula = useful ? "useful compute - model FLOPs at peak rate" : term.formula();
            terms.add(new Breakdown.Term(name, unit.of(term.seconds() - (useful ? ideal : 0)), formula, ""));
        }
        return new Breakdown("Step time from the ideal", unit.symbol(), unit.of(cost.seconds()), terms);
    }
}
