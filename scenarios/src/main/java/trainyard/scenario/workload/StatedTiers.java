package trainyard.scenario.workload;

import java.util.List;
import java.util.Optional;
import trainyard.faults.layout.JobLayout;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.SavedStates;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CheckpointSection;
import trainyard.scenario.section.TierSection;
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
     * @throws ScenarioException if none is left, or the first copies one before it
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
        return tiers;
    }

    private static SavedStates states(TrainingJob job, Values section) {
        SavedStates states = SavedStates.of(job, section.get(CheckpointSection.SHARED_WRITING));
        return section.get(CheckpointSection.BYTES_PER_PARAMETER)
                .map(bytes -> states.times(bytes * job.model().trainedParameters() / states.totalBytes()))
                .orElse(states);
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
