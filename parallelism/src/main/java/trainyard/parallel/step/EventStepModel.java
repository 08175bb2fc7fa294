package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.PriceMemo;
import trainyard.parallel.step.price.StepPricing;
import trainyard.parallel.step.price.StepSummary;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.replay.FirstSpans;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.parallel.step.uneven.UnevenJob;
import trainyard.parallel.step.uneven.UnevenPricing;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Prices the kernels and exchanges of a job and replays its step on the event engine, one stream set per pipeline stage
 * where all ranks of a stage are alike, else one per stage of each class of equal replicas; each is weighted.
 */
public final class EventStepModel implements StepModel {

    private final Function<ClusterSpec, CollectiveModel> collectives;
    private final KernelCalibration calibration;
    private final Set<ModellingElement> elements;

    /**
     * @param collectives how exchanges are priced on a cluster
     */
    public EventStepModel(Function<ClusterSpec, CollectiveModel> collectives) {
        this(collectives, KernelCalibration.NONE);
    }

    /**
     * @param collectives how exchanges are priced on a cluster
     * @param calibration what was measured of the machines
     */
    public EventStepModel(Function<ClusterSpec, CollectiveModel> collectives, KernelCalibration calibration) {
        this(collectives, calibration, EnumSet.allOf(ModellingElement.class));
    }

    private EventStepModel(
            Function<ClusterSpec, CollectiveModel> collectives,
            KernelCalibration calibration,
            Set<ModellingElement> elements) {
        this.collectives = collectives;
        this.calibration = calibration;
        this.elements = elements;
    }

    /** The same model without one effect, which shows what the effect is worth. */
    public EventStepModel without(ModellingElement element) {
        EnumSet<ModellingElement> rest = EnumSet.copyOf(elements);
        rest.remove(element);
        return new EventStepModel(collectives, calibration, rest);
    }

    @Override
    public StepCost cost(TrainingJob job, JobCondition condition) {
        return condition.isEven() ? even(job) : uneven(job).under(condition).cost();
    }

    @Override
    public ToLongFunction<JobCondition> stepNanos(TrainingJob job) {
        UnevenJob uneven = uneven(job);
        return condition -> condition.isEven()
                ? even(job).stepNanos()
                : uneven.under(condition).replay().endNanos();
    }

    private UnevenJob uneven(TrainingJob job) {
        return new UnevenJob(new UnevenPricing(job, collectives, calibration, elements));
    }

    private StepCost even(TrainingJob job) {
        StepTiming timing = pricing(job).timing();
        StepReplay replay = replay(job, timing, span -> {});
        List<Map<TimeState, Long>> booked = new ArrayList<>();
        for (int i = 0; i < job.plan().pipeline(); i++) {
            booked.add(replay.stage(i).booked());
        }
        return StepSummary.of(job, timing, replay.endNanos(), booked);
    }

    @Override
    public List<Span> timeline(TrainingJob job, JobCondition condition) {
        FirstSpans spans = new FirstSpans(MAX_SPANS);
        if (condition.isEven()) {
            replay(job, pricing(job).timing(), spans);
        } else {
            uneven(job).under(condition).replay(spans);
        }
        return spans.inOrder();
    }

    private StepPricing pricing(TrainingJob job) {
        return StepPricing.of(job, new PriceMemo(collectives.apply(job.cluster()), calibration, elements));
    }

    /** Replays a priced job; tells every bar of its timeline. */
    static StepReplay replay(TrainingJob job, StepTiming timing, Consumer<Span> bars) {
        PipelineProgram program = PipelineProgram.of(
                job.plan().schedule(), job.pipelineShape(), timing.estimates(MemoryModel.keptForWeight(job)));
        return StepReplay.run(timing, program, new Simulation(), bars);
    }
}
