package trainyard.scenario.workload.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.memory.MemoryAdvice;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.OffloadedMemory;
import trainyard.parallel.memory.Remedy;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.job.JobSection;
import trainyard.scenario.section.job.ParallelSection;
import trainyard.scenario.section.network.ExchangePricing;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.hardware.calibration.Extrapolation;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * One step of a training job.
 *
 * @param model answers what the step costs
 * @param calibration what measurements of the GPU add; empty where there are none
 * @param job the job
 * @param condition how its ranks differ from each other
 * @param cluster the section it was bound from
 * @param section the section it was bound from
 * @param usdPerGpuSecond price, where it is known
 */
public record StepWorkload(
        StepModel model,
        Optional<StepCalibration> calibration,
        TrainingJob job,
        JobCondition condition,
        Values cluster,
        Values section,
        Optional<Double> usdPerGpuSecond)
        implements Workload {

    /** The label of GPUs that the plan leaves idle, in words. */
    static final String IDLE = "idle";

    /** The label of weights that ranks shard under software of which no such run was compared, in words. */
    static final String UNCOMPARED = "uncompared";

    /**
     * @throws trainyard.scenario.source.ScenarioException if the cluster names a profile that cannot be read
     */
    static StepWorkload bind(
            Simulators simulators,
            TrainingJob job,
            JobCondition condition,
            Values cluster,
            Values section,
            Optional<Double> usdPerGpuSecond) {
        ExchangePricing exchanges = ClusterSection.exchanges(cluster);
        requireRoom(job, exchanges.sharing().jobs(), cluster);
        Optional<StepCalibration> calibration = ClusterSection.calibration(cluster)
                .map(profile -> StepCalibration.of(profile, job.cluster().node().gpu(), exchanges, simulators));
        return new StepWorkload(
                simulators.step(
                        exchanges, calibration.map(StepCalibration::kernels).orElse(KernelCalibration.NONE)),
                calibration,
                job,
                condition,
                cluster,
                section,
                usdPerGpuSecond);
    }

    private static void requireRoom(TrainingJob job, int jobs, Values cluster) {
        int room = job.cluster().gpus() / jobs;
        if (job.plan().gpus() > room) {
            throw new ScenarioException(Problem.at(
                    cluster.position(),
                    Problem.Kind.PLAN,
                    jobs + " jobs of " + job.plan().gpus() + " GPUs need more than the "
                            + job.cluster().gpus() + " GPUs of the cluster",
                    "lower job.parallel.data, or raise cluster.nodes"));
        }
    }

    @Override
    public Optional<Derivation> derivation(Metric metric) {
        return metric.equals(StepMetrics.BILLION_PARAMETERS)
                ? Optional.of(ParameterTerms.of(job.model()))
                : Optional.empty();
    }

    @Override
    public Outcome run() {
        StepCost cost = cost();
        if (cost.memory().fits()) {
            Map<Metric, Double> metrics = StepValues.of(job, cost, usdPerGpuSecond);
            section.find(JobSection.TRAIN_TOKENS)
                    .ifPresent(tokens -> StepValues.addTraining(metrics, cost, tokens, usdPerGpuSecond));
            calibration.ifPresent(measured -> metrics.put(
                    StepMetrics.UNCALIBRATED_STEP_TIME,
                    measured.uncalibrated().cost(job, condition).seconds()));
            return new Outcome(metrics, labels(), Optional.of(cost), Optional.empty()).extrapolating(extrapolations());
        }
        Map<Metric, Double> memory = new LinkedHashMap<>();
        StepValues.addMemory(memory, cost.memory());
        return new Outcome(memory, Map.of(), Optional.of(cost), Optional.of(outOfMemory(cost.memory())));
    }

    /** Where the step is priced from outside what was measured; nothing without a profile. */
    public List<Extrapolation> extrapolations() {
        return calibration.map(measured -> measured.extrapolations(job)).orElse(List.of());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        int used = job.plan().gpus();
        int there = job.cluster().gpus();
        if (ClusterSection.statesNodes(cluster) && used < there) {
            String words =
                    "the plan occupies %,d of the %,d GPUs of the cluster; the others stand idle and are not paid for here";
            labels.put(IDLE, String.format(Locale.ROOT, words, used, there));
        }
        UncomparedSoftware.remark(job).ifPresent(remark -> labels.put(UNCOMPARED, remark));
        QuietSettings.label(labels, job, condition, cluster, section);
        return labels;
    }

    @Override
    public List<Span> timeline() {
        return model.timeline(job, condition);
    }

    private StepCost cost() {
        try {
            return model.cost(job, condition);
        } catch (PlanException contradiction) {
            throw JobBinding.placed(cluster, section, contradiction);
        }
    }

    private Problem outOfMemory(MemoryEstimate memory) {
        StageMemory peak = memory.peak();
        Position position = section.get(JobSection.PARALLEL).position(ParallelSection.TENSOR);
        String parts = peak.bytes().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey().label() + " " + gibibytes(entry.getValue()))
                .collect(Collectors.joining(" + "));
        List<Remedy> remedies =
                MemoryAdvice.remedies(job).stream().filter(this::fitsEveryGpu).toList();
        String fixes = remedies.isEmpty()
                ? "no single change fits; use more GPUs per replica (tensor x pipeline) and recompute full, or let trainyard plan search"
                : "fits with: " + remedies.stream().map(Remedy::change).collect(Collectors.joining(" | "));
        if (memory.fitsDevice()) {
            return Problem.at(position, Problem.Kind.MEMORY, hostShortage(memory.offloaded()), fixes);
        }
        return Problem.at(
                position,
                Problem.Kind.MEMORY,
                "stage " + peak.stage() + " needs " + gibibytes(peak.totalBytes()) + " GiB, a GPU has "
                        + Units.format(memory.capacityBytes(), Dimension.DATA),
                fixes,
                parts + " GiB");
    }

    /** Whether a change fits the other types of GPU, too, where there are such. */
    private boolean fitsEveryGpu(Remedy remedy) {
        try {
            return condition.isEven()
                    || model.cost(remedy.job(), condition).memory().fits();
        } catch (PlanException contradiction) {
            return false;
        }
    }

    private static String hostShortage(OffloadedMemory offloaded) {
        boolean drives = offloaded.nvmeCapacityBytes() > 0 && offloaded.nvmeBytes() > offloaded.nvmeCapacityBytes();
        double bytes = drives ? offloaded.nvmeBytes() : offloaded.hostBytes();
        double capacity = drives ? offloaded.nvmeCapacityBytes() : offloaded.hostCapacityBytes();
        return "what is offloaded takes " + gibibytes(bytes) + " GiB of a node, " + (drives ? "its drives" : "its host")
                + " has room for " + Units.format(capacity, Dimension.DATA);
    }

    private static String gibibytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (1024.0 * 1024 * 1024));
    }
}
