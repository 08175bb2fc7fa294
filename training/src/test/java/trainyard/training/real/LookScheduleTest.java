package trainyard.training.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LookScheduleTest {

    /** 400 updates have a look after every eighth, and each of those between two looks a repetition of its own. */
    @Test
    void eachGradientHasTheRepetitionNearestToIt() {
        LookSchedule schedule = new LookSchedule(400, 1, true);
        long[] looks = LongStream.rangeClosed(1, 400).filter(schedule::isLook).toArray();
        assertThat(looks).startsWith(8, 16).endsWith(384, 392).hasSize(49);
        assertThat(LongStream.rangeClosed(1, 10).mapToInt(schedule::indexOfRepetition))
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(schedule.indexOfRepetition(400)).isEqualTo(50 * 8 + 3);
        assertThat(LongStream.rangeClosed(1, 400).filter(new LookSchedule(400, 1, false)::isLook))
                .isEmpty();
    }

    /** 800 updates of two workers: a look after every sixteenth, between which each computes eight. */
    @Test
    void asynchronousWorkersShareTheUpdatesBetweenTwoLooks() {
        LookSchedule schedule = new LookSchedule(800, 2, true);
        assertThat(LongStream.rangeClosed(1, 18).mapToInt(schedule::indexOfRepetition))
                .containsExactly(4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12);
    }
}
