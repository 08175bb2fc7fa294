package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.csv.CsvTable;

/** Counts that no machine has are refused with their factors; no product wraps round to a number that runs. */
class RowLimitsTest {

    private static final int MOST = 999_999_999;

    @TempDir
    private Path folder;

    private RowCells row(String columns, String cells) {
        Path file = folder.resolve("rows.csv");
        try {
            Files.writeString(file, columns + "\n" + cells + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RowCells(CsvTable.read(file).rows().get(0));
    }

    @Test
    void aBatchOfTooManyReplicasNamesItsFactors() {
        RowCells stated = row("mbs,gbs,seq", "8,64,2048");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowBatch.of(stated, MOST, 1))
                .withMessage("mbs x dp = 8 x 999999999 is more than 2147483647");

        RowCells implied = row("mbs,gbs,grad_accum,seq", ",64,8,2048");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowBatch.of(implied, MOST, 1))
                .withMessageStartingWith("dp x grad_accum = 999999999 x 8");
    }

    /** 24 bits of a float do not hold so many sequences. */
    @Test
    void aLargeBatchIsTakenToTheSequence() {
        assertThat(RowBatch.of(row("mbs,gbs,seq", "1,999999999,2048"), 1, 1).global())
                .isEqualTo(MOST);
    }

    @Test
    void aReplicaOfTooManyRanksNamesItsFactors() {
        RowCells cells = row("tp,cp,pp,gpus", "999999999,1,4,8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowPlan.replicas(cells))
                .withMessageStartingWith("tp x cp by pp = 999999999 x 4");
    }

    /** The plan refuses them; a list of so many counts would only fill the memory first. */
    @Test
    void moreStagesThanLayersGetNoCounts() {
        assertThat(RowPlan.split(96, MOST)).isEmpty();
        assertThat(RowPlan.split(126, 128)).hasSize(128);
    }
}
