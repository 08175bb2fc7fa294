package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.scenario.verify.Measurements;
import trainyard.sim.hardware.HardwareCatalog;

class ShardedProfilesTest {

    /** A step with sharded weights under another profile is told that none was compared. */
    @Test
    void theProfilesComparedWithShardedWeightsAreThoseOfTheShippedRows() {
        TrainingRowReader reader = new TrainingRowReader(HardwareCatalog.load());
        Set<String> compared = new TreeSet<>();
        Measurements.shipped().bySource().values().stream()
                .filter(table -> table.header().containsAll(TrainingRowReader.COLUMNS))
                .flatMap(table -> table.rows().stream())
                .forEach(row -> {
                    if (reader.read(row) instanceof TrainingRow.Scorable scorable
                            && scorable.job().plan().zeroStage() == 3) {
                        compared.add(scorable.job().software().name());
                    }
                });

        assertThat(SoftwareProfiles.COMPARED_WITH_SHARDED_WEIGHTS).containsExactlyInAnyOrderElementsOf(compared);
    }
}
