package trainyard.scenario.workload.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.OffloadedMemory;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.workload.metric.Metric;

/** What the metrics of one training step come to, in base units. */
final class StepValues {

    private static final double BILLION = 1e9;

    private StepValues() {}

    /** The values of a step. */
    static Map<Metric, Double> of(TrainingJob job, StepCost cost, Optional<Double> usdPerGpuSecond) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(StepMetrics.STEP_TIME, cost.seconds());
        addRates(values, job, cost);
        values.put(StepMetrics.FLOPS_PER_GPU, cost.modelFlopsPerSecondPerGpu());
        values.put(StepMetrics.HARDWARE_FLOPS_PER_GPU, cost.hardwareFlopsPerSecondPerGpu());
        values.put(StepMetrics.MFU, cost.mfu());
        values.put(StepMetrics.HFU, cost.hfu());
        values.put(StepMetrics.BUBBLE, cost.share(TimeState.BUBBLE));
        values.put(StepMetrics.BUBBLE_RATIO, cost.share(TimeState.BUBBLE) / (1 - cost.share(TimeState.BUBBLE)));
        if (job.plan().schedule().runsWholeBackwards()) {
            values.put(
                    StepMetrics.BUBBLE_RATIO_CLOSED_FORM,
                    (job.plan().pipeline() - 1.0) / (job.plan().virtualStages() * job.microBatches()));
        }
        values.put(
                StepMetrics.EXPOSED_COMMUNICATION,
                cost.share(TimeState.TENSOR_COMMUNICATION)
                        + cost.share(TimeState.CONTEXT_COMMUNICATION)
                        + cost.share(TimeState.EXPERT_COMMUNICATION)
                        + cost.share(TimeState.PIPELINE_COMMUNICATION)
                        + cost.share(TimeState.DATA_COMMUNICATION));
        addReduction(values, job, cost);
        values.put(StepMetrics.GPUS, (double) cost.gpus());
        values.put(StepMetrics.BILLION_PARAMETERS, job.model().parameters() / BILLION);
        values.put(StepMetrics.MICRO_BATCHES, (double) job.microBatches());
        values.put(StepMetrics.MICRO_BATCH, (double) job.batch().micro());
        values.put(StepMetrics.NODE_GPUS, (double) job.cluster().node().gpus());
        usdPerGpuSecond.ifPresent(price -> addCost(values, job, cost, price));
        for (TimeState state : TimeState.values()) {
            values.put(StepMetrics.timeShare(state), cost.share(state));
            values.put(StepMetrics.gpuSeconds(state), cost.share(state) * cost.gpus() * cost.seconds());
        }
        addMemory(values, cost.memory());
        return values;
    }

    private static void addRates(Map<Metric, Double> values, TrainingJob job, StepCost cost) {
        if (job.countsTokens()) {
            values.put(StepMetrics.THROUGHPUT, cost.tokensPerSecond());
        }
        values.put(StepMetrics.SEQUENCES_PER_SECOND, cost.sequencesPerSecond());
        if (job.ofImages()) {
            values.put(StepMetrics.IMAGES_PER_SECOND, cost.sequencesPerSecond());
        }
    }

    private static void addReduction(Map<Metric, Double> values, TrainingJob job, StepCost cost) {
        if (job.plan().zeroStage() > 0 || cost.reductionSeconds() == 0) {
            return;
        }
        double exposed = cost.share(TimeState.DATA_COMMUNICATION) * cost.seconds();
        values.put(StepMetrics.GRADIENT_REDUCTION, cost.reductionSeconds());
        values.put(StepMetrics.GRADIENT_REDUCTION_HIDDEN, Math.max(0, cost.reductionSeconds() - exposed));
        values.put(StepMetrics.GRADIENT_REDUCTION_EXPOSED, exposed);
    }

    /**
     * What a whole training takes.
     *
     * @param tokens tokens that it learns from
     */
    static void addTraining(
            Map<Metric, Double> values, StepCost cost, double tokens, Optional<Double> usdPerGpuSecond) {
        double seconds = tokens / cost.tokensPerSecond();
        values.put(StepMetrics.TIME_TO_TRAIN, seconds);
        usdPerGpuSecond.ifPresent(price -> values.put(StepMetrics.COST_TRAIN, price * cost.gpus() * seconds));
    }

    private static void addCost(Map<Metric, Double> values, TrainingJob job, StepCost cost, double usdPerGpuSecond) {
        double usd = usdPerGpuSecond * cost.gpus() * cost.seconds();
        values.put(StepMetrics.COST_STEP, usd);
        if (job.countsTokens()) {
            values.put(StepMetrics.COST_PER_BILLION_TOKENS, usd * BILLION / cost.tokens());
        }
    }

    static void addMemory(Map<Metric, Double> values, MemoryEstimate memory) {
        StageMemory peak = memory.peak();
        OffloadedMemory offloaded = memory.offloaded();
        if (!offloaded.equals(OffloadedMemory.NONE)) {
            values.put(StepMetrics.HOST_MEMORY, offloaded.hostBytes());
            values.put(StepMetrics.DRIVE_SPACE, offloaded.nvmeBytes());
        }
        values.put(StepMetrics.MEMORY_PEAK, peak.totalBytes());
        peak.bytes().forEach((component, bytes) -> values.put(StepMetrics.memory(component), bytes));
    }
}
