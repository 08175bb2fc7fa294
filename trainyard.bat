@echo off
rem Starts Trainyard; builds it first when there is no build. After a change of the sources delete scenarios\target\dist.
setlocal
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "DIST=%HOME_DIR%\scenarios\target\dist"
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
pushd "%HOME_DIR%"
call mvn -q -B -Dquick -Dmaven.test.skip=true -pl scenarios -am package 1>&2
if errorlevel 1 (
    popd
    echo trainyard: the build failed; the messages above say why 1>&2
    exit /b 1
)
popd
type nul > "%DIST%\.built"

:start
"%JAVA%" -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true "-Dtrainyard.home=%HOME_DIR%" -cp "%DIST%\lib\*" trainyard.cli.Main %*
exit /b %ERRORLEVEL%
