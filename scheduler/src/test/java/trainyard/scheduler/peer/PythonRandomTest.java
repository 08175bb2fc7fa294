package trainyard.scheduler.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers that Python 3.11 prints. */
class PythonRandomTest {

    @Test
    void theSameNumbersAsInPython() {
        PythonRandom zero = new PythonRandom(0);
        assertThat(List.of(zero.nextDouble(), zero.nextDouble()))
                .containsExactly(0.8444218515250481, 0.7579544029403025);
        PythonRandom five = new PythonRandom(5);
        assertThat(IntStream.range(0, 8).map(i -> five.below(3)).boxed()).containsExactly(2, 1, 2, 1, 2, 2, 2, 2);
    }

    @Test
    void theSameShuffleAndTheSamePairsAsInPython() {
        List<Integer> list = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        new PythonRandom(0).shuffle(list);
        assertThat(list).containsExactly(7, 8, 1, 5, 3, 4, 2, 0, 9, 6);
        PythonRandom random = new PythonRandom(0);
        assertThat(random.pair(List.of("a", "b", "c", "d", "e"))).containsExactly("d", "e");
    }
}
