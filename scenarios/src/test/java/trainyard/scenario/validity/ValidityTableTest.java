package trainyard.scenario.validity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ValidityTableTest {

    private static final Path RESOURCE = Path.of("src/main/resources/trainyard/scenario/validity/validity.csv");

    /** Shown rounded in reports; a change of the model by less than this does not mislead a reader. */
    private static final double PERCENTAGE_POINTS = 1.0;

    @Test
    void theShippedTableTellsTheTruth() throws IOException {
        ValidityTable measured = ValidityTable.measured();
        if (Boolean.getBoolean("trainyard.update")) {
            Files.writeString(RESOURCE, measured.csv());
        }
        ValidityTable shipped = ValidityTable.shipped();

        assertThat(shipped.rows()).as("run once with -Dtrainyard.update=true").hasSameSizeAs(measured.rows());
        for (int i = 0; i < measured.rows().size(); i++) {
            ValidityTable.Row now = measured.rows().get(i);
            ValidityTable.Row then = shipped.rows().get(i);
            assertThat(then.source()).isEqualTo(now.source());
            assertThat(then.meanErrorPercent())
                    .as("error against %s; run once with -Dtrainyard.update=true", now.source())
                    .isCloseTo(now.meanErrorPercent(), within(PERCENTAGE_POINTS));
        }
    }
}
