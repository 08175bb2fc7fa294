@echo off
rem Starts Trainyard; builds it first when there is no build. After a change of the sources delete scenarios\target\dist.
setlocal
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "DIST=%HOME_DIR%\scenarios\target\dist"
set "ARCHIVE=%DIST%\trainyard.jsa"
rem The jars of DL4J: no part of the class path; only a run that trains with it or calibrates opens them.
set "DL4J=%HOME_DIR%\training-dl4j\target\dist"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
    echo trainyard: no Java found; install a JDK 17 or newer 1>&2
    exit /b 1
)
if exist "%DIST%\.built" goto start

where mvn >nul 2>&1
if errorlevel 1 (
    echo trainyard: no Maven found; install Maven 3.8 or newer 1>&2
    exit /b 1
)
echo trainyard: building once, this takes a minute or two ... 1>&2
if exist "%DIST%" rmdir /s /q "%DIST%"
if exist "%DL4J%" rmdir /s /q "%DL4J%"
pushd "%HOME_DIR%"
call mvn -q -B -Dquick -Dmaven.test.skip=true -Dstyle.color=never -pl scenarios,training-dl4j -am package 1>&2
if errorlevel 1 (
    popd
    echo trainyard: the build failed; the messages above say why 1>&2
    exit /b 1
)
popd
rem A class-data archive of what a run loads makes every later start faster; without it nothing else changes.
"%JAVA%" "-XX:ArchiveClassesAtExit=%ARCHIVE%" -XX:+UseSerialGC -Xlog:cds=off -Xlog:cds+dynamic=off -Djava.awt.headless=true -cp "%DIST%\lib\*" trainyard.cli.Warmup >nul 2>&1
if errorlevel 1 if exist "%ARCHIVE%" del "%ARCHIVE%"
type nul > "%DIST%\.built"

:start
set "CDS=-Xshare:auto"
if exist "%ARCHIVE%" set "CDS=-XX:SharedArchiveFile=%ARCHIVE%"
set "COMPILER=-XX:TieredStopAtLevel=1"
rem Sums in several threads differ in their last digits, and threads that wait for one another slow a busy machine down.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
"%JAVA%" "%CDS%" -Xlog:cds=off -Xlog:cds+dynamic=off -XX:+UseSerialGC %COMPILER% -Djava.awt.headless=true "-Dtrainyard.home=%HOME_DIR%" "-Dtrainyard.dl4j=%DL4J%\*" %TRAINYARD_JAVA_OPTIONS% -cp "%DIST%\lib\*" trainyard.cli.Main %*
exit /b %ERRORLEVEL%
