package trainyard.parallel.step.uneven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.price.PriceMemo;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepPricing;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.uneven.LockstepRanks.Part;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.NodeSpec;

/** Durations of the steps of a job whose ranks differ: each stage of each class of replicas is priced as what it runs on. */
public final class UnevenPricing {

    /** Answers that are held on to: few, unless speeds are drawn from a law of their own for each fault. */
    private static final int MOST_KNOWN = 8192;

    private static final int MOST_MACHINES = 256;

    private final TrainingJob job;
    private final Function<ClusterSpec, CollectiveModel> collectives;
    private final KernelCalibration calibration;
    private final Set<ModellingElement> elements;
    private final Recent<Machines, PriceMemo> memos = new Recent<>(MOST_MACHINES);
    private final Recent<Priced, StepPricing> pricings = new Recent<>(MOST_KNOWN);
    private final Recent<Piece, ChunkTiming> chunks = new Recent<>(MOST_KNOWN);
    private final Recent<List<LockstepRanks>, StepTiming> meetings = new Recent<>(MOST_MACHINES);

    private record Machines(Optional<NodeSpec> node, LinkShares links) {}

    private record Priced(Machines machines, double straggler, double mean) {}

    /** A chunk of the model on what it runs on. */
    private record Piece(LockstepRanks ranks, int stage, int chunk) {}

    public UnevenPricing(
            TrainingJob job,
            Function<ClusterSpec, CollectiveModel> collectives,
            KernelCalibration calibration,
            Set<ModellingElement> elements) {
        this.job = job;
        this.collectives = collectives;
        this.calibration = calibration;
        this.elements = elements;
    }

    TrainingJob job() {
        return job;
    }

    /** Prices of the job as if all ranks were healthy and of the cluster's own type. */
    StepPricing healthy() {
        return pricing(Optional.empty(), LinkShares.FULL, 1, 1);
    }

    /**
     * Durations of the step of replicas by themselves.
     *
     * @param stages what each of their stages runs on
     */
    StepTiming alone(List<LockstepRanks> stages) {
        List<List<ChunkTiming>> ofStages = new ArrayList<>();
        List<Double> optimizer = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            LockstepRanks ranks = stages.get(stage);
            List<ChunkTiming> ofStage = new ArrayList<>();
            for (int chunk = 0; chunk < job.plan().virtualStages(); chunk++) {
                ofStage.add(chunk(new Piece(ranks, stage, chunk)));
            }
            int index = stage;
            ofStages.add(ofStage);
            optimizer.add(slowest(ranks, pricing -> pricing.optimizerSeconds(index)));
        }
        return timing(ofStages, optimizer, stages);
    }

    /**
     * Durations of what all replicas of the job do together, beside those of healthy passes.
     *
     * @param stages what each stage of all replicas runs on, see {@link LockstepRanks#machines}
     */
    StepTiming together(List<LockstepRanks> stages) {
        return meetings.of(stages, this::priceTogether);
    }

    private StepTiming priceTogether(List<LockstepRanks> stages) {
        List<List<ChunkTiming>> ofStages = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            List<ChunkTiming> ofStage = new ArrayList<>();
            for (int chunk = 0; chunk < job.plan().virtualStages(); chunk++) {
                ofStage.add(healthy().chunk(stage, chunk).reducedBy(buckets(stages.get(stage), stage, chunk)));
            }
            ofStages.add(ofStage);
        }
        List<Double> optimizer = IntStream.range(0, stages.size())
                .mapToDouble(healthy()::optimizerSeconds)
                .boxed()
                .toList();
        return timing(ofStages, optimizer, stages);
    }

    private StepTiming timing(List<List<ChunkTiming>> ofStages, List<Double> optimizer, List<LockstepRanks> stages) {
        List<Double> gather = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            int index = stage;
            gather.add(slowest(stages.get(stage), pricing -> pricing.gatherSeconds(index)));
        }
        LockstepRanks ends = LockstepRanks.machines(List.of(stages.get(0), stages.get(stages.size() - 1)));
        return healthy()
                .timing(
                        ofStages,
                        optimizer,
                        gather,
                        healthy().between().messages(),
                        slowest(ends, pricing -> pricing.between().tiedReductionSeconds()));
    }

    /** Messages that the ranks of a stage send or receive. */
    StageMessages messages(LockstepRanks ranks) {
        return StageMessages.slowest(ranks.parts().stream()
                .map(part -> pricing(part, ranks.links()).between().messages())
                .toList());
    }

    private double slowest(LockstepRanks ranks, ToDoubleFunction<StepPricing> what) {
        return ranks.parts().stream()
                .mapToDouble(part -> what.applyAsDouble(pricing(part, ranks.links())))
                .max()
                .orElseThrow();
    }

    private List<Double> buckets(LockstepRanks all, int stage, int chunk) {
        List<Double> slowest = List.of();
        double most = -1;
        for (Part part : all.parts()) {
            LockstepRanks healthy = new LockstepRanks(List.of(part), all.links());
            List<Double> buckets = chunk(new Piece(healthy, stage, chunk)).buckets();
            double sum = buckets.stream().mapToDouble(Double::doubleValue).sum();
            slowest = sum > most ? buckets : slowest;
            most = Math.max(most, sum);
        }
        return slowest;
    }

    private ChunkTiming chunk(Piece piece) {
        return chunks.of(piece, this::price);
    }

    private ChunkTiming price(Piece piece) {
        LockstepRanks ranks = piece.ranks();
        List<ChunkTiming> timed = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        double all = ranks.parts().stream().mapToInt(Part::ranks).sum();
        for (Part part : ranks.parts()) {
            timed.add(pricing(part, ranks.links()).chunk(piece.stage(), piece.chunk()));
            weights.add(part.ranks() / all);
        }
        return ChunkTiming.lockstep(timed, weights);
    }

    private StepPricing pricing(Part part, LinkShares links) {
        return pricing(part.node(), links, part.straggler(), part.mean());
    }

    private StepPricing pricing(Optional<NodeSpec> node, LinkShares links, double straggler, double mean) {
        Machines machines = new Machines(node, links);
        return pricings.of(
                new Priced(machines, straggler, mean),
                asked -> StepPricing.of(on(node), memo(machines), straggler, mean));
    }

    private PriceMemo memo(Machines machines) {
        return memos.of(machines, asked -> {
            TrainingJob own = on(asked.node());
            CollectiveModel model = collectives.apply(own.cluster()).slowedTo(asked.links());
            // The calibration was measured on the cluster's own GPUs.
            return new PriceMemo(model, asked.node().isEmpty() ? calibration : KernelCalibration.NONE, elements);
        });
    }

    /** The job with all its ranks on nodes of one type. */
    TrainingJob on(Optional<NodeSpec> node) {
        return node.map(other -> onNodes(job, other)).orElse(job);
    }

    static TrainingJob onNodes(TrainingJob job, NodeSpec node) {
        ClusterSpec own = job.cluster();
        if (node.gpus() != own.node().gpus()) {
            throw new PlanException(
                    "nodes",
                    "nodes of type " + node.name() + " have " + node.gpus() + " GPUs, those of the cluster "
                            + own.node().gpus() + "; ranks are laid out over nodes of one size");
        }
        return job.with(new ClusterSpec(node, own.nodes(), own.fabric()));
    }

    /** GPUs of the job by the type of their node, in the order of their ranks. */
    static Map<Optional<NodeSpec>, Integer> gpusByNode(List<ReplicaClass> classes) {
        Map<Optional<NodeSpec>, Integer> gpus = new LinkedHashMap<>();
        for (ReplicaClass alike : classes) {
            for (LockstepRanks ranks : alike.stages()) {
                ranks.parts()
                        .forEach(part -> gpus.merge(
                                part.node(), part.ranks() * alike.blocks().size(), Integer::sum));
            }
        }
        return gpus;
    }
}
