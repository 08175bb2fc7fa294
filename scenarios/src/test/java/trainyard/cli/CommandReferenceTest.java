package trainyard.cli;

import org.junit.jupiter.api.Test;
import trainyard.Goldens;

class CommandReferenceTest {

    @Test
    void theReferencePageIsFresh() {
        Goldens.check(Goldens.project().resolve("docs/reference/cli.md"), CommandReference.text());
    }
}
