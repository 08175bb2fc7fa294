package trainyard.scenario.workload.step;

import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;

/** Jobs that shard weights with software of which no published run that does so was compared with the model. */
public final class UncomparedSoftware {

    private UncomparedSoftware() {}

    /** In a sentence without a final stop; empty where there is nothing to remark. */
    public static Optional<String> remark(TrainingJob job) {
        String software = job.software().name();
        if (job.plan().zeroStage() != 3 || SoftwareProfiles.COMPARED_WITH_SHARDED_WEIGHTS.contains(software)) {
            return Optional.empty();
        }
        return Optional.of("no published run that shards weights was compared with software " + software + "; of "
                + String.join(", ", SoftwareProfiles.COMPARED_WITH_SHARDED_WEIGHTS) + " some were");
    }
}
