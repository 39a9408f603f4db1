from opgavelib.cli import main

raise SystemExit(main())
