package trainyard.scenario.workload.life;

import java.util.List;
import java.util.Optional;
import trainyard.faults.layout.JobLayout;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.SavedStates;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.checkpoint.SaveFields;
import trainyard.scenario.section.checkpoint.TierSection;
import trainyard.scenario.section.checkpoint.TierSection.Kind;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** The tiers of {@code life.checkpoint}; the section itself is the only one where it states none. */
final class StatedTiers {

    private StatedTiers() {}

    /**
     * @param section {@code life.checkpoint}
     * @param layout how the job lies on its nodes
     * @param exposed share of a step that exchanges between nodes take which nothing hides
     * @return at least one
     * @throws ScenarioException if none is left, the first copies one before it, or they do not stand from the fastest to the one that survives most
     */
    static List<CheckpointTier> of(TrainingJob job, Values section, JobLayout layout, double exposed) {
        SavedStates states = states(job, section);
        Optional<List<Values>> stated = section.find(CheckpointSection.TIERS);
        List<CheckpointTier> tiers = stated.isEmpty()
                ? List.of(new CheckpointTier(
                        section, Optional.empty(), states, job.cluster().node(), layout, exposed))
                : stated.get().stream()
                        .map(tier -> new CheckpointTier(
                                tier,
                                Optional.of(tier.get(TierSection.KIND)),
                                states,
                                job.cluster().node(),
                                layout,
                                exposed))
                        .toList();
        if (tiers.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    section.position(CheckpointSection.TIERS),
                    Problem.Kind.PLAN,
                    "no tier is stated",
                    "leave tiers out, or write one"));
        }
        refuseUpload(tiers.get(0));
        refuseDisorder(tiers);
        return tiers;
    }

    private static SavedStates states(TrainingJob job, Values section) {
        SavedStates states = SavedStates.of(job, section.get(CheckpointSection.SHARED_WRITING));
        return section.get(CheckpointSection.BYTES_PER_PARAMETER)
                .map(bytes -> states.times(bytes * job.model().trainedParameters() / states.totalBytes()))
                .orElse(states);
    }

    /** A snapshot of a tier goes to those before it, too, and what a tier survives is asked in their order. */
    private static void refuseDisorder(List<CheckpointTier> tiers) {
        for (int i = 1; i < tiers.size(); i++) {
            CheckpointTier before = tiers.get(i - 1);
            CheckpointTier tier = tiers.get(i);
            Kind outer = before.kind().orElseThrow();
            Kind inner = tier.kind().orElseThrow();
            if (inner.survives().compareTo(outer.survives()) < 0) {
                throw disorder(
                        tier.values().position(TierSection.KIND),
                        "tier " + (i + 1) + ", " + tier.name() + ", survives less than " + before.name() + " before it",
                        tier);
            }
            Optional<Double> seldom = before.values().get(SaveFields.INTERVAL);
            Optional<Double> often = tier.values().get(SaveFields.INTERVAL);
            if (seldom.isPresent() && often.isPresent() && often.get() < seldom.get()) {
                throw disorder(
                        tier.values().position(SaveFields.INTERVAL),
                        "tier " + (i + 1) + ", " + tier.name() + ", is due more often than " + before.name()
                                + " before it, which takes each of its snapshots, too",
                        tier);
            }
        }
    }

    private static ScenarioException disorder(Position position, String what, CheckpointTier first) {
        return new ScenarioException(Problem.at(
                position, Problem.Kind.PLAN, what, "tiers stand fastest first: write " + first.name() + " before it"));
    }

    private static void refuseUpload(CheckpointTier first) {
        if (first.mode() == TierSection.Mode.UPLOAD) {
            throw new ScenarioException(Problem.at(
                    first.values().position(TierSection.MODE),
                    Problem.Kind.VALUE,
                    "an upload copies the tier before it, and this is the first",
                    "write mode: sync or async, or a tier before it"));
        }
    }
}
