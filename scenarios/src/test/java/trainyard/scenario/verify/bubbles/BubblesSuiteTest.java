package trainyard.scenario.verify.bubbles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;

class BubblesSuiteTest {

    private static final String HEADER =
            "id,model,stages,microbatches,schedule,bubble_rate,tf_ms,tb_ms,tw_ms,tcomm_ms,gate\n";

    @TempDir
    private Path folder;

    /** 48 rows of table 5; the file gives stage times, and so gates, where the model is 1.5b. */
    @Test
    void everyPublishedRateHolds() {
        SourceScore rates = Verification.run(new BubblesSuite(), Measurements.shipped())
                .sources()
                .get(0);
        assertThat(rates.source()).isEqualTo("pipeline_bubble_rates");
        assertThat(rates.compared()).isGreaterThan(40);
        assertThat(rates.gated()).isGreaterThan(10);
        assertThat(rates.skipped()).isZero();
        assertThat(rates.failed()).isZero();
    }

    /** (p - 1) / m of the ideal for equal passes: 3 / (8 + 3). */
    @Test
    void aRowOfAnotherSettingIsReadByItsOwnTimes() throws IOException {
        RowScore row = score("1.5b,4,8,1F1B,0.2727,1,1,1,0,yes");
        assertThat(row.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(row.predicted().orElseThrow()).isBetween(27.2, 27.3);
        assertThat(score("1.5b,4,8,1F1B,0.25,1,1,1,0,yes").status()).isEqualTo(RowScore.Status.FAIL);
    }

    @Test
    void aRowWithoutTimesOrOfAnUnknownKindSaysWhy() throws IOException {
        assertThat(score("1.5b,4,8,1F1B,0.27,,,,,yes").reason()).isEqualTo("not stated: tf_ms");
        assertThat(score("1.5b,4,8,Chimera,0.27,1,1,1,0,yes").reason())
                .isEqualTo("not built: pipeline schedule Chimera");
        assertThat(score("7b,4,8,1F1B,0.27,1,1,1,0,yes").reason()).contains("model 7b");
    }

    private RowScore score(String cells) throws IOException {
        Files.writeString(folder.resolve("rates.csv"), HEADER + "row," + cells + "\n");
        return Verification.run(new BubblesSuite(), Measurements.of(folder))
                .sources()
                .get(0)
                .rows()
                .get(0);
    }
}
