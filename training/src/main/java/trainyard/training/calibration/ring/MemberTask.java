package trainyard.training.calibration.ring;

import java.io.IOException;
import java.util.List;

/** What the processes of a {@link LocalProcesses} do; made by its constructor without arguments. */
public interface MemberTask {

    /**
     * @throws IOException if another process is gone
     */
    void run(Member member, List<String> arguments) throws IOException;
}
